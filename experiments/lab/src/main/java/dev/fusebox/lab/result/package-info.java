/** What a run came to, and an ablation of such runs. */
package dev.fusebox.lab.result;
