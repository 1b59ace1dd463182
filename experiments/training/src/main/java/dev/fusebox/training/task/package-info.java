/**
 * What a trainer and a predictor are asked for, and what they give: the seam between stages and
 * models.
 */
package dev.fusebox.training.task;
