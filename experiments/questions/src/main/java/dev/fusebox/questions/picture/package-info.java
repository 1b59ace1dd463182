/**
 * Pictures as vectors: precomputed features, raw patches, and the controls that take the picture
 * away.
 */
package dev.fusebox.questions.picture;
