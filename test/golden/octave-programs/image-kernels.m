% Kernels on a small image.
img = [10 10 10 80 80
       10 10 10 80 80
       10 10 10 80 80
       10 60 60 60 80
       10 10 10 80 80];
[h, w] = size(img)
box = ones(3) / 9;
edge = [-1 0 1; -2 0 2; -1 0 1];
sharp = [0 -1 0; -1 5 -1; 0 -1 0];

% By hand, inside only.
out = zeros(h - 2, w - 2);
for i = 2:h-1
  for j = 2:w-1
    patch = img(i-1:i+1, j-1:j+1);
    out(i-1, j-1) = sum(sum(patch .* edge));
  end
end
out

% By the library, which turns the kernel.
same = isequal(out, conv2(img, rot90(edge, 2), 'valid'))
smooth = conv2(img, box, 'same');
round(smooth)
gy = conv2(img, rot90(edge', 2), 'valid');
magnitude = sqrt(out .^ 2 + gy .^ 2);
disp(round(magnitude))
[row, col] = find(magnitude == max(magnitude(:)));
printf('strongest at (%d, %d)\n', row(1), col(1));

% Sharpen and keep within 0..255.
s = conv2(img, sharp, 'same');
s(s > 255) = 255;
s(s < 0) = 0;
img8 = uint8(s)
class(img8)
inverted = 255 - img8

% Threshold and count.
mask = img > 50
count = nnz(mask);
fprintf('%d of %d pixels (%.1f%%)\n', count, numel(img), 100 * count / numel(img));

% A histogram of the values.
values = unique(img(:))';
for v = values
  n = sum(img(:) == v);
  printf('%3d: %s\n', v, repmat('#', 1, n));
end

% Downsampling by two and padding.
small = img(1:2:end, 1:2:end)
padded = zeros(h + 2, w + 2);
padded(2:end-1, 2:end-1) = img;
padded(1, :)
sum(padded(:)) == sum(img(:))
mean(img(:))
