/**
 * From a recipe and a seed to stages with keys: what a run computes, and what its result depends
 * on.
 */
package dev.fusebox.lab.plan;
