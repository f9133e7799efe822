/** Trainers over one graph, schedule, checkpoints and listeners. */
package alexnet.training;
