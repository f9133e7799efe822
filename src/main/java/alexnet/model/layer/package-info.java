/**
 * Layers, loss and update rule of the paper that the library lacks or has wrong. The jar with the classifier {@code
 * layers} holds just this package: a program that restores a model with {@link
 * alexnet.model.layer.WithinMapNormalization} needs it beside stock Deeplearning4j.
 */
package alexnet.model.layer;
