/**
 * Pictures as vectors: precomputed features, raw patches, and the controls that remove the picture.
 */
package dev.fusebox.questions.picture;
