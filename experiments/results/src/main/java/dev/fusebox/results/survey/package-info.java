/**
 * What a score on a data set means: how long its texts are, what of the test stands in the training
 * data, and how far one gets without understanding.
 */
package dev.fusebox.results.survey;
