//! Double entry: typed accounts, transfers, holds, chains; nothing that punishes can be written.
