package dev.artemis.ui.runs;

import dev.artemis.runs.OutputSize;
import dev.artemis.runs.RunNews;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.WaitingFor;
import dev.artemis.ui.parts.OutputView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is new of a run.
 *
 * @param waiting what it waits for while it is queued
 * @param fresh another attempt began: what was printed before is forgotten
 * @param moves changes of its status
 * @param pieces what it printed, in order
 */
record RunUpdate(
        RunSummary run,
        @Nullable WaitingFor waiting,
        OutputSize size,
        boolean fresh,
        List<RunNews.Moved> moves,
        List<OutputView.Piece> pieces) {

    RunUpdate {
        moves = List.copyOf(moves);
        pieces = List.copyOf(pieces);
    }
}
