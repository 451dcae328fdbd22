package io.orbitmq.protocol.frame;

/** Fields that somebody put together: names and values as texts. */
final class ListedFields extends Fields {

    private final String[] names;
    private final String[] values;

    /**
     * @param names kept and never changed
     * @param values as many, kept and never changed
     */
    ListedFields(String[] names, String[] values) {
        this.names = names;
        this.values = values;
    }

    @Override
    int find(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public String nameAt(int index) {
        return names[index];
    }

    @Override
    public String valueAt(int index) {
        return values[index];
    }
}
