/** Fast CPU kernels behind the library's own helper interfaces; the model's configuration stays as it is. */
package alexnet.kernels;
