/** A model zip and a picture in, ranked labels out. Imports no training, pipeline or data. */
package alexnet.inference;
