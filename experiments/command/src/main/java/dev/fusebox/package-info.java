/** The lab: configs in, tables out. One package per feature. */
package dev.fusebox;
