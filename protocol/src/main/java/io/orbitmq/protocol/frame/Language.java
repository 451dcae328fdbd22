package io.orbitmq.protocol.frame;

/** The sender's language; the wire code is the ordinal, the JSON form the name (protocol/01 section 6). */
public enum Language {
    JAVA,
    CPP,
    DOTNET,
    PYTHON,
    DELPHI,
    ERLANG,
    RUBY,
    OTHER,
    HTTP,
    GO,
    PHP,
    OMS,
    RUST,
    NODE_JS;

    private static final Language[] BY_CODE = values();

    /** The language with the wire code; {@link #OTHER} for an unknown one. */
    public static Language ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : OTHER;
    }

    /** The language with the name; {@link #OTHER} for an unknown one. */
    public static Language ofName(String name) {
        for (Language language : BY_CODE) {
            if (language.name().equals(name)) {
                return language;
            }
        }
        return OTHER;
    }
}
