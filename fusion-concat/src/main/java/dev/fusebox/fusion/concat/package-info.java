/**
 * Pictures and text in one sequence: VL-T5, ViLT, MMBT and Frozen are special cases.
 *
 * <p>Letters: B batch, T text length, P patches, N tokens made of a picture, D width of the text
 * states, V width of the picture's vectors.
 */
package dev.fusebox.fusion.concat;
