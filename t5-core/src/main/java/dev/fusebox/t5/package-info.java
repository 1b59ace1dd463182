/**
 * The T5 encoder-decoder (Raffel et al. 2020), v1.0 and v1.1, exact to Hugging Face's
 * implementation, with the places where a fusion may act.
 *
 * <p>Letters: B batch, T text length, U target length, S length of what the decoder reads (T, or
 * more where a fusion lengthened it), H heads, K width of a head, D width.
 */
package dev.fusebox.t5;
