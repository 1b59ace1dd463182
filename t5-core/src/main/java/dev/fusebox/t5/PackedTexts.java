package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;

/**
 * Several texts per row, one after the other, to be scored side by side.
 *
 * @param inputs int64 (B, U): each text shifted right behind the start mark
 * @param labels int64 (B, U): the texts; -100 is padding
 * @param texts int64 (B, U): the number of the text that a token belongs to, counted over all rows;
 *     {@code count} for padding
 * @param table int64 (B, K): the numbers of each row's texts; {@code count} where a row has fewer
 * @param count N, how many texts there are
 */
public record PackedTexts(
    NDArray inputs, NDArray labels, NDArray texts, NDArray table, int count) {}
