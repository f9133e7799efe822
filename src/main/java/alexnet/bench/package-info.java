/**
 * Speed, measured: training steps, inference and the data path, ours and others', each in a JVM of its own, in turn on the
 * same cores.
 */
package alexnet.bench;
