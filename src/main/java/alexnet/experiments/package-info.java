/**
 * The paper's tables and figures: definitions ({@link alexnet.experiments.Experiment}), the training of their nets
 * ({@link alexnet.experiments.Trainings}), and what run logs say of them ({@link alexnet.experiments.Report}).
 */
package alexnet.experiments;
