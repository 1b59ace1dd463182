/** Questions and where they come from. */
package dev.fusebox.questions;
