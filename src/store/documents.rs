//! Rows: qualification documents (资格文件) and batches of certificates handed to the national register.
