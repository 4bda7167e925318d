package io.cardverification.pacing;

import java.util.ArrayList;
import java.util.List;

/** The effects of one event, in order. Threads: not synchronised; the pacer's lock guards it. */
final class Effects {

    /** Most events have one effect or two. */
    private static final int USUAL_COUNT = 2;

    private List<Effect> effects = new ArrayList<>(USUAL_COUNT);

    void add(Effect effect) {
        effects.add(effect);
    }

    /** Returns and removes all effects; allocates nothing if it is empty. */
    List<Effect> take() {
        if (effects.isEmpty()) {
            return List.of();
        }
        var taken = effects;
        effects = new ArrayList<>(USUAL_COUNT);
        return taken;
    }
}
