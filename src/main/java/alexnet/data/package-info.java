/**
 * From a collection of pictures to a prepared folder: squares of one size, an index, the training set's mean and colour
 * statistics, a manifest, and a list of what could not be used; and the reader of such a folder.
 *
 * <p>Imports {@code alexnet.config}, {@code alexnet.run} and {@code alexnet.image} only.
 */
package alexnet.data;
