package io.orbitmq.protocol.message;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A tag expression: {@code *}, or tags separated by {@code ||} (protocol/09 section 1.1). Immutable.
 *
 * @param text as given, {@code *} for everything
 * @param tags the tags, in order; empty for everything
 */
public record SubscriptionExpression(String text, Set<String> tags) {

    /** Everything. */
    public static final SubscriptionExpression ALL = new SubscriptionExpression("*", Set.of());

    /** Parses the expression; empty when it has separators but no tag ({@code subString split error}). */
    public static Optional<SubscriptionExpression> parse(String text) {
        if (text.isEmpty() || text.equals("*")) {
            return Optional.of(ALL);
        }
        Set<String> tags = new LinkedHashSet<>();
        for (String part : text.split("\\|\\|")) {
            String tag = part.trim();
            if (!tag.isEmpty()) {
                tags.add(tag);
            }
        }
        return tags.isEmpty()
                ? Optional.empty()
                : Optional.of(new SubscriptionExpression(text, Collections.unmodifiableSet(tags)));
    }

    public boolean isEverything() {
        return text.equals("*");
    }

    /** The hashes of the tags, ascending, for a binary search with the low 32 bits of an index entry's code. */
    public int[] sortedCodes() {
        return tags.stream().mapToInt(TagHash::of).sorted().distinct().toArray();
    }
}
