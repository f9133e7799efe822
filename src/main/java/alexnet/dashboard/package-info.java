/**
 * A run in the browser: Deeplearning4j's own pages behind a guard, a page of error rates, and the same page as a file.
 * The run's {@code metrics.jsonl} is the one source: the live page, the replay and the report all read it.
 */
package alexnet.dashboard;
