/**
 * Parameter-efficient fine-tuning: LoRA, IA³ and prompt tuning; and the peft library's file format
 * for them.
 */
package dev.fusebox.t5.tune;
