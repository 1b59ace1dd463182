/** Questions and the data sets they come from. */
package dev.fusebox.questions;
