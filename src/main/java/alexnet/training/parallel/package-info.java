/**
 * Training on several devices at once, exactly as on one: the library's {@code ParallelWrapper} with a trainer context of
 * our own.
 */
package alexnet.training.parallel;
