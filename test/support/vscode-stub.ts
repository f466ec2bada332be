/** What `vscode` is to unit tests: it resolves, and nothing more. What needs the real one is tested in test/host. */
export {};
