package io.orbitmq.broker.delay;

import java.util.List;

/** What operators ask about delayed delivery. Any thread. */
public interface DelayProgress {

    /** How far each level is, for the levels that were ever used. */
    List<LevelProgress> levels();

    /** Figures of the moment. */
    DelayFigures figures();
}
