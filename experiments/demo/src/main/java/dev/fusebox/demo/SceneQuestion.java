package dev.fusebox.demo;

import java.util.Optional;

/**
 * A question of the demo.
 *
 * @param kind what it asks, and where it stands in a school's plan
 * @param hint text that goes with it; empty if none
 * @param solution holds the fact that leads to the answer
 * @param scene the picture it is about
 */
record SceneQuestion(
    Kind kind,
    int grade,
    String text,
    Choices choices,
    String hint,
    String solution,
    Optional<Scene> scene) {}
