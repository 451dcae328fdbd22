package io.orbitmq.store.index;

/** The part that runs of both indexes have in common: a file that ends in a {@link RunFooter}. */
abstract class RunFile implements Run {

    final PagedFile file;
    final RunFooter footer;
    private final long fileNumber;

    RunFile(PagedFile file, long fileNumber, RunFooter footer) {
        this.file = file;
        this.fileNumber = fileNumber;
        this.footer = footer;
    }

    @Override
    public final long fileNumber() {
        return fileNumber;
    }

    @Override
    public final long startPosition() {
        return footer.startPosition();
    }

    @Override
    public final long endPosition() {
        return footer.endPosition();
    }

    @Override
    public final long sizeBytes() {
        return file.sizeBytes();
    }

    @Override
    public final void retire(boolean delete) {
        file.retire(delete);
    }

    final long entryCount() {
        return footer.entryCount();
    }
}
