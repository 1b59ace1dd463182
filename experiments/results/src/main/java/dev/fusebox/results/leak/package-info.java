/**
 * Test questions that are near-duplicates of training questions: texts compared by word n-grams,
 * pictures by thumbnails.
 */
package dev.fusebox.results.leak;
