/**
 * One class that has to live in the engine's package: TorchScript methods that take numbers and
 * lists are reachable through a package-private door only.
 */
package ai.djl.pytorch.jni;
