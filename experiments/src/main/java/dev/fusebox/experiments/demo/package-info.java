/** The embedded default: a small world, generated, whose questions have known answers. */
package dev.fusebox.experiments.demo;
