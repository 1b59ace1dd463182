/**
 * Learned queries that read the picture and become tokens before the text: BLIP-2, and
 * InstructBLIP, whose queries read the question too.
 *
 * <p>Letters: B batch, Q queries, T text length, P patches, D width of the text states, V width of
 * the picture's vectors, W width of the Q-Former.
 */
package dev.fusebox.fusion.qformer;
