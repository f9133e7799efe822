/**
 * From prepared pictures to batches: DataVec image transforms for the augmentation of {@code §4.1}, and a deterministic
 * multi-threaded iterator over the result.
 *
 * <p>Every random choice is a function of seed, epoch and place, never of a thread or of time. Imports
 * {@code alexnet.config}, {@code run}, {@code image}, {@code figures} and {@code data} only.
 */
package alexnet.pipeline;
