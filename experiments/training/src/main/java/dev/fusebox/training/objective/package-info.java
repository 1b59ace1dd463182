/**
 * Pretraining objectives: what a fresh model practises before it is shown a task.
 *
 * <p>A T5 that was never pretrained cannot tell which letter stands before an option; its loss
 * stays at the letters' entropy for thousands of steps, whatever is fused into it. These objectives
 * are made from any data set's own text: lookup among real options, reading the answer off a
 * solution, T5's span corruption, and captioning from the picture. {@link
 * dev.fusebox.training.objective.PretrainingExamples} mixes them.
 */
package dev.fusebox.training.objective;
