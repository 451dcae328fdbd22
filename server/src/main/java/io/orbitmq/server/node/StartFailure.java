package io.orbitmq.server.node;

import java.io.IOException;

/** Cleans up after a start that failed half way. Stateless. */
final class StartFailure {

    private StartFailure() {}

    /** Closes what had been started; a failure to close is attached to the failure to start. */
    static void closeAfter(Exception failure, CloseStack parts) {
        try {
            parts.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
