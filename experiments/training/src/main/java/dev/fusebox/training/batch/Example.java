package dev.fusebox.training.batch;

/**
 * A question as a stage reads and answers it. The arrays are shared: nobody writes into them.
 *
 * @param id the question's id, or the number of a generated text
 * @param source token ids, end mark included, already cut to the longest input
 * @param target token ids, end mark included, already cut to the longest output
 * @param targetText the target before it became tokens; what a prediction is compared with
 */
@SuppressWarnings(
    "ArrayRecordComponent") // thousands of long texts: boxes would cost more than the model
public record Example(String id, int[] source, int[] target, String targetText) {}
