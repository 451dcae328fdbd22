package io.orbitmq.compat.client;

import java.util.List;

/**
 * The answer to a pull.
 *
 * @param status the name of the official pull status: FOUND, NO_NEW_MSG, NO_MATCHED_MSG, OFFSET_ILLEGAL
 */
public record Pulled(String status, long nextOffset, long minOffset, long maxOffset, List<Received> messages) {}
