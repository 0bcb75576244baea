import CLinux
import Glibc
import NIOCore
import SFSCore

extension QuickPath {
    /// Bytes of a file that are sent, and checked, at once.
    static let chunkBytes: Int64 = 1 << 20
    /// Bytes that wait in the channel where a socket has no more room.
    private static let waitingBytes: Int64 = 16 << 10
    /// So many bytes of a file are copied, and sent with the head in one call.
    private static let copiedBytes = 24 << 10
    /// Bytes read at once where they must be encrypted; larger reads were slower.
    static let readBytes: Int64 = 64 << 10
    /// Bytes that are encrypted, and sent, together.
    private static let flushBytes = 256 << 10
    /// How often bytes that cannot be read are checked before they are asked for elsewhere.
    private static let checksMaximum = 2

    /// Sends the head, and as much of the bytes as there is room for.
    func begin(_ answer: QuickAnswer, _ context: ChannelHandlerContext) {
        desk.scratch.clear()
        answer.writeHead(date: desk.dateLine, into: &desk.scratch)
        if case .memory(let bytes) = answer.entry.source,
            let part = bytes.getSlice(
                at: bytes.readerIndex + Int(answer.range.lowerBound), length: answer.range.count)
        {
            desk.scratch.writeImmutableBuffer(part)
            return sendLast(answer, context)
        }
        guard let file = answer.entry.file, !answer.range.isEmpty else {
            return sendLast(answer, context)
        }
        if let socket {
            var answer = answer
            answer.sent = writeFirstBytes(of: answer, file)
            state = .sending(answer)
            if answer.isComplete { return sendLast(answer, context) }
            switch socket.send(desk.scratch, more: true) {
            case nil: return close(context)
            case desk.scratch.readableBytes: break
            case .some(let count):
                desk.scratch.moveReaderIndex(forwardBy: count)
                context.write(Self.wrapOutboundOut(.byteBuffer(desk.scratch)), promise: nil)
                // What comes next has to stand behind it.
                return sendThroughChannel(
                    file, answer.position..<answer.position, answer, context)
            }
        } else {
            context.write(Self.wrapOutboundOut(.byteBuffer(desk.scratch)), promise: nil)
        }
        step(context)
        waitIfUnfinished(context)
    }

    /// Writes the first bytes of `answer` behind its head: all of a few, or those before a page
    /// begins; their number.
    ///
    /// What begins within a page is a page more for sendfile(2), which takes sixteen at a time, and
    /// a packet more for the client.
    private func writeFirstBytes(of answer: QuickAnswer, _ file: FileSlice) -> Int64 {
        let chunk = answer.chunk(Self.chunkBytes)
        let isAll = chunk.count <= Self.copiedBytes && chunk == answer.range
        let count = isAll ? Int64(chunk.count) : file.bytesToPage(from: chunk.lowerBound)
        guard count > 0, isReady(chunk, answer.entry) else { return 0 }
        return file.readCached(
            chunk.lowerBound..<min(chunk.lowerBound + count, chunk.upperBound), into: &desk.scratch)
    }

    /// Sends `desk.scratch`, which is all there is to `answer`.
    private func sendLast(_ answer: QuickAnswer, _ context: ChannelHandlerContext) {
        var answer = answer
        answer.sent = Int64(answer.range.count)
        guard let socket else {
            state = .sending(answer)
            context.writeAndFlush(
                Self.wrapOutboundOut(.byteBuffer(desk.scratch)), promise: nil)
            if context.channel.isWritable { return finish(answer, context) }
            return waitIfUnfinished(context)
        }
        switch socket.send(desk.scratch) {
        case nil: close(context)
        case desk.scratch.readableBytes: finish(answer, context)
        case .some(let count):
            desk.scratch.moveReaderIndex(forwardBy: count)
            state = .sending(answer)
            context.writeAndFlush(Self.wrapOutboundOut(.byteBuffer(desk.scratch)))
                .assumeIsolated().whenComplete { _ in self.resumeLater(context) }
            waitIfUnfinished(context)
        }
    }

    /// Goes on with the answer that is being sent, and with the next request after it.
    private func resume(_ context: ChannelHandlerContext) {
        step(context)
        if case .ready = state { proceed(context) }
    }

    /// The same a turn later: others come first, and what was called does not pile up.
    private func resumeLater(_ context: ChannelHandlerContext) {
        context.eventLoop.assumeIsolated().execute { self.resume(context) }
    }

    /// Hands over more of the answer that is being sent, until there is no more, or no room.
    private func step(_ context: ChannelHandlerContext) {
        guard !isWaiting, case .sending(let answer) = state else { return }
        if answer.isComplete {
            finish(answer, context)
        } else if socket != nil {
            sendFile(answer, context)
        } else {
            sendEncrypted(answer, context)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        switch state {
        case .passed: context.fireChannelWritabilityChanged()
        case .sending where socket == nil && context.channel.isWritable:
            // Not from within the write that made room.
            resumeLater(context)
        default: break
        }
    }

    /// A client that takes nothing is cut off after a time; one that was quick needs no timer.
    private func waitIfUnfinished(_ context: ChannelHandlerContext) {
        guard case .sending = state else { return }
        backlog = .max
        isTimedForWriting = true
        setTimer(context, surroundings.limits.writeIdleTimeout)
    }

    // MARK: From the cache to the socket

    private func sendFile(_ answer: QuickAnswer, _ context: ChannelHandlerContext) {
        guard let socket, let file = answer.entry.file else { return }
        var answer = answer
        let chunk = answer.chunk(Self.chunkBytes)
        guard isReady(chunk, answer.entry) else { return check(chunk, answer, context) }
        let count: Int
        switch socket.send(file, chunk) {
        case .sent(let sent): count = sent
        case .broken: return close(context)
        case .unreadable: return check(chunk, answer, context)
        }
        answer.sent += Int64(count)
        if count > 0 { answer.checksInPlace = 0 }
        active = .now()
        state = .sending(answer)
        if answer.isComplete { return finish(answer, context) }
        if Int64(count) == Int64(chunk.count) { return resumeLater(context) }
        sendThroughChannel(file, answer.position..<chunk.upperBound, answer, context)
    }

    /// Has the channel send what it holds and a few bytes of `range` after it, and goes on then: the
    /// channel is told when there is room again.
    ///
    /// They are copied: the channel would try for ever to send a file that somebody has cut.
    private func sendThroughChannel(
        _ file: FileSlice, _ range: Range<Int64>, _ answer: QuickAnswer,
        _ context: ChannelHandlerContext
    ) {
        var bytes = ByteBuffer()
        if !range.isEmpty {
            let end = min(range.lowerBound + Self.waitingBytes, range.upperBound)
            guard file.readCached(range.lowerBound..<end, into: &bytes) > 0 else {
                return check(range, answer, context)
            }
        }
        let count = Int64(bytes.readableBytes)
        let sent = context.writeAndFlush(Self.wrapOutboundOut(.byteBuffer(bytes)))
        sent.assumeIsolated().whenComplete { result in
            guard case .sending(var answer) = self.state, case .success = result else { return }
            answer.sent += count
            self.active = .now()
            self.state = .sending(answer)
            self.resumeLater(context)
        }
    }

    // MARK: Through encryption

    private func sendEncrypted(_ answer: QuickAnswer, _ context: ChannelHandlerContext) {
        guard let file = answer.entry.file else { return }
        var answer = answer
        var unsent = 0
        while !answer.isComplete, context.channel.isWritable {
            let chunk = answer.chunk(Self.chunkBytes)
            guard isReady(chunk, answer.entry),
                let bytes = file.readCached(answer.chunk(Self.readBytes))
            else {
                context.flush()
                return check(chunk, answer, context)
            }
            context.write(Self.wrapOutboundOut(.byteBuffer(bytes)), promise: nil)
            answer.sent += Int64(bytes.readableBytes)
            answer.checksInPlace = 0
            state = .sending(answer)
            unsent += bytes.readableBytes
            if unsent >= Self.flushBytes {
                // Only now does the channel see them, and say when it has enough.
                context.flush()
                guard case .sending = state else { return }
                unsent = 0
            }
        }
        active = .now()
        context.flush()
        if answer.isComplete, context.channel.isWritable { return finish(answer, context) }
        waitIfUnfinished(context)
        // The flush may have made room, of which nobody is told from within it.
        if context.channel.isWritable { resumeLater(context) }
    }

    // MARK: Before bytes are sent

    /// Whether the bytes at `range` are checked and in memory.
    private func isReady(_ range: Range<Int64>, _ entry: QuickDesk.Entry) -> Bool {
        guard entry.reply.bytes.isChecked(range) else { return false }
        if desk.warm.contains(range, of: entry.number, at: active) { return true }
        let blocks = WarmBlocks.whole(range, of: entry.size)
        guard entry.file?.isCached(blocks) ?? true else { return false }
        desk.warm.insert(blocks, of: entry.number, at: active)
        return true
    }

    /// Has the bytes at `range` read and checked by those who may wait for a disk, and goes on then.
    private func check(
        _ range: Range<Int64>, _ answer: QuickAnswer, _ context: ChannelHandlerContext
    ) {
        guard case .sending = state else { return }
        var answer = answer
        answer.checksInPlace += 1
        state = .sending(answer)
        guard answer.checksInPlace <= Self.checksMaximum else { return relay(answer, context) }
        isWaiting = true
        let bytes = answer.entry.reply.bytes
        let blocks = WarmBlocks.whole(range, of: answer.entry.size)
        context.eventLoop.makeFutureWithTask { try await bytes.check(blocks) }
            .assumeIsolated().whenComplete { result in
                self.isWaiting = false
                guard case .sending(let answer) = self.state else { return }
                self.active = .now()
                switch result {
                case .success:
                    self.desk.warm.insert(blocks, of: answer.entry.number, at: self.active)
                    self.resume(context)
                case .failure: self.relay(answer, context)
                }
            }
    }

    /// Sends what is left from elsewhere; with nothing there the connection is cut, so that the
    /// client sees that bytes are missing.
    private func relay(_ answer: QuickAnswer, _ context: ChannelHandlerContext) {
        // Of a file that somebody has cut the kernel may hold pages that it has not sent yet, and
        // they are cut with it: the client must not take what it gets for the whole.
        if let file = answer.entry.file, file.isCut { return close(context) }
        isWaiting = true
        let bytes = answer.entry.reply.bytes
        let range = answer.position..<answer.range.upperBound
        let loop = context.eventLoop
        let bound = NIOLoopBound((self, context), eventLoop: loop)
        loop.makeFutureWithTask {
            for try await chunk in try await bytes.rest(range) {
                try await loop.flatSubmit {
                    let (path, context) = bound.value
                    return path.pass(on: chunk, context)
                }.get()
            }
        }.assumeIsolated().whenComplete { _ in
            self.isWaiting = false
            guard case .sending(let answer) = self.state else { return }
            guard answer.isComplete else { return self.close(context) }
            self.resume(context)
        }
    }

    private func pass(
        on chunk: ByteBuffer, _ context: ChannelHandlerContext
    ) -> EventLoopFuture<Void> {
        guard case .sending(var answer) = state,
            answer.sent + Int64(chunk.readableBytes) <= Int64(answer.range.count)
        else { return context.eventLoop.makeFailedFuture(ChannelError.alreadyClosed) }
        answer.sent += Int64(chunk.readableBytes)
        active = .now()
        state = .sending(answer)
        return context.writeAndFlush(Self.wrapOutboundOut(.byteBuffer(chunk)))
    }
}

extension QuickAnswer {
    /// The next bytes, up to a multiple of `count` in the file.
    fileprivate func chunk(_ count: Int64) -> Range<Int64> {
        position..<min(range.upperBound, (position / count + 1) * count)
    }
}
