package io.cardverification.pacing;

import java.util.ArrayList;
import java.util.List;

/** The effects of one event, in order. Threads: not synchronised; the pacer's lock guards it. */
final class Effects {

    private List<Effect> effects = new ArrayList<>();

    void add(Effect effect) {
        effects.add(effect);
    }

    /** Returns and forgets them; allocates nothing if there are none. */
    List<Effect> take() {
        if (effects.isEmpty()) {
            return List.of();
        }
        var taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
