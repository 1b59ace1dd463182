/**
 * Pretraining objectives: what a randomly initialised model is trained on before its task.
 *
 * <p>A T5 that was never pretrained does not learn which letter belongs to an option; its loss
 * stays at the letters' entropy for thousands of steps, with any fusion. These objectives are built
 * from the text of any data set: lookup among real options, reading the answer off a solution, T5's
 * span corruption, and captioning from the picture. {@link
 * dev.fusebox.training.objective.PretrainingExamples} mixes them.
 */
package dev.fusebox.training.objective;
