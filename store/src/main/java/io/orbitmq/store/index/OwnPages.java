package io.orbitmq.store.index;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads pages from the file into memory of its own, some neighbours at a time if wanted. */
final class OwnPages implements PageSource {

    private final ByteBuffer memory;
    private final ByteBuffer[] pages;
    private PagedFile file;
    private long firstNumber;
    private int pageCount;

    OwnPages(int mostPages) {
        this.memory = ByteBuffer.allocate(mostPages * PageWriter.PAGE_BYTES);
        this.pages = new ByteBuffer[mostPages];
        for (int i = 0; i < mostPages; i++) {
            pages[i] = memory.slice(i * PageWriter.PAGE_BYTES, PageWriter.PAGE_BYTES);
        }
    }

    @Override
    public ByteBuffer page(PagedFile ofFile, long number) throws IOException {
        if (ofFile != file || number < firstNumber || number >= firstNumber + pageCount) {
            pageCount = 0;
            pageCount = ofFile.readPages(number, memory);
            firstNumber = number;
            file = ofFile;
        }
        return pages[(int) (number - firstNumber)];
    }
}
