const LETTERS =
  'alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω ell ℓ'.split(
    ' ',
  );
const GREEK = new Map(LETTERS.flatMap((name, k) => (k % 2 === 0 ? [[name, LETTERS[k + 1]] as const] : [])));

/** A name of mathematics as one says it in a sentence: `\\lambda_1` is λ_1. */
export const spoken = (name: string): string =>
  name.replace(/\\([A-Za-z]+)(?!\{)/g, (whole, letter) => GREEK.get(letter) ?? whole);
