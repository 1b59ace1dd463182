/** The laboratory: configs in, tables out. One package for each feature. */
package dev.fusebox;
