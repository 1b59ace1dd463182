/**
 * Files: whole or not at all, with an end, hashed, read with messages that name file and line; and
 * what is told to a person.
 */
package dev.fusebox.file;
