package dev.fusebox.vision;

import dev.fusebox.vision.picture.Preprocessing;
import java.util.Optional;

/**
 * What a backbone takes and gives, as far as its files tell without reading weights.
 *
 * @param patches P: vectors of a picture
 * @param width V
 * @param layers how many a readout goes through
 * @param preprocessing how its own files say that pictures become pixels; empty if they say nothing
 * @param size of it as a part of a model
 */
public record BackboneOutline(
    int patches, int width, int layers, Optional<Preprocessing> preprocessing, BackboneSize size) {}
